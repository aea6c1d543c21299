import { Loading } from '../ui/loading.tsx'

export default function Page() {
  return <Loading />
}
