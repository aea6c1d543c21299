import type { ElementComponent } from '../elements.tsx'
import { Audio } from './audio.tsx'
import { CardButton } from './button.tsx'
import { Chart } from './chart.tsx'
import { Checker } from './checker.tsx'
import { CollapsiblePanel } from './collapsible-panel.tsx'
import { ColumnSet } from './column-set.tsx'
import { DatePicker } from './date-picker.tsx'
import { Div } from './div.tsx'
import { Form } from './form.tsx'
import { Hr } from './hr.tsx'
import { Img } from './img.tsx'
import { ImgCombination } from './img-combination.tsx'
import { Input } from './input.tsx'
import { InteractiveContainer } from './interactive-container.tsx'
import { MarkdownElement } from './markdown.tsx'
import { Overflow } from './overflow.tsx'
import { Person, PersonList } from './person.tsx'
import { MultiSelect, Select } from './select.tsx'
import { SelectImg } from './select-img.tsx'
import { Table } from './table.tsx'

/** The component of each tag. */
export const components: Readonly<Record<string, ElementComponent>> = {
  div: Div,
  markdown: MarkdownElement,
  img: Img,
  img_combination: ImgCombination,
  person: Person,
  person_list: PersonList,
  chart: Chart,
  table: Table,
  hr: Hr,
  audio: Audio,
  column_set: ColumnSet,
  form: Form,
  interactive_container: InteractiveContainer,
  collapsible_panel: CollapsiblePanel,
  button: CardButton,
  input: Input,
  overflow: Overflow,
  select_static: Select,
  multi_select_static: MultiSelect,
  select_person: Select,
  multi_select_person: MultiSelect,
  date_picker: DatePicker,
  picker_time: DatePicker,
  picker_datetime: DatePicker,
  select_img: SelectImg,
  checker: Checker,
}
