import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../../support/browser.ts'
import { useApprovalPages } from './approval-world.ts'

describe.skipIf(browserPath === undefined)('the definitions editor', () => {
  const browser = useBrowser()
  const pages = useApprovalPages()
  const as = (name: string, path: string, phone = false) =>
    browser.open(pages.url() + path, { person: pages.person(name), phone })

  /** Adds a widget and names it; the new one is the last. */
  async function addWidget(page: Page, type: string, name: string, customId = ''): Promise<void> {
    await page
      .getByRole('group', { name: '添加控件' })
      .getByRole('button', { name: type, exact: true })
      .click()
    const card = page.locator('section[data-widget-type]').last()
    await card.getByLabel('名称').fill(name)
    if (customId) await card.getByLabel('自定义 ID（选填）').fill(customId)
  }

  it('builds the refund form and its nodes from nothing, and an instance of it runs to the end', async () => {
    const admin = await as('何志远', '/approval/admin')
    const { page } = admin
    await page.getByRole('button', { name: '新建审批' }).click()
    await page.getByLabel('审批名称').fill('退款审批（新）')
    await page.getByRole('tab', { name: '表单设计' }).click()
    await addWidget(page, '单行文本', '退款单号', 'refund_no')
    await addWidget(page, '金额', '退款金额', 'refund_amount')
    await addWidget(page, '单选', '退款类型', 'refund_type')
    await page.getByLabel('选项 1', { exact: true }).fill('仅退款')
    await page.getByLabel('选项 2', { exact: true }).fill('退货退款')
    await addWidget(page, '多行文本', '退款原因', 'reason')
    await page.locator('section[data-widget-type="amount"]').getByLabel('必填').check()
    await page.getByRole('tab', { name: '流程设计' }).click()
    await page.getByRole('button', { name: '添加审批节点' }).click()
    await page.locator('[data-node]').getByLabel('节点名称').fill('主管审批')
    await page.getByRole('button', { name: '选择成员' }).click()
    await page.getByRole('dialog').getByText('王岚').last().click()
    await page.getByRole('dialog').getByRole('button', { name: '完成' }).click()
    await page.getByRole('button', { name: '添加审批节点' }).click()
    const second = page.locator('[data-node]').last()
    await second.getByLabel('节点名称').fill('自选复核')
    await second.getByLabel('审批人', { exact: true }).selectOption({ label: '发起人自选' })
    await page.getByRole('button', { name: '发布' }).click()
    await page.getByRole('link', { name: '退款审批（新）' }).waitFor()
    expect(admin.complaints).toEqual([])

    const applicant = await as('林小夏', '/approval/new')
    await applicant.page.getByRole('link', { name: /退款审批（新）/ }).click()
    await applicant.page.getByRole('button', { name: '提交' }).click()
    await applicant.page.getByText('请填写「退款金额」').waitFor()
    await applicant.page.getByLabel('退款单号').fill('7300000000000000001')
    await applicant.page.getByLabel('退款金额', { exact: true }).fill('88.5')
    await applicant.page.getByLabel('仅退款').check()
    await applicant.page.getByRole('button', { name: /选择自选复核/ }).click()
    await applicant.page.getByRole('dialog').getByText('赵敏').last().click()
    await applicant.page.getByRole('dialog').getByRole('button', { name: '完成' }).click()
    await applicant.page.getByRole('button', { name: '提交' }).click()
    await applicant.page.getByLabel('表单').getByText('¥88.50').waitFor()
    await applicant.page.getByLabel('表单').getByText('仅退款').waitFor()

    const instance = pages.instances().at(-1)
    for (const name of ['王岚', '赵敏']) {
      const { page: approver } = await as(name, `/approval/${instance?.instance_code}`)
      await approver.getByRole('button', { name: '同意', exact: true }).click()
      await approver.getByRole('dialog').getByRole('button', { name: '确定' }).click()
      await approver
        .getByText(name === '赵敏' ? '已通过' : '已同意')
        .first()
        .waitFor()
    }
    await applicant.page.locator('article[data-status="APPROVED"]').waitFor()
    expect(instance?.status).toBe('APPROVED')
  })

  it('says what is missing, keeps codes to copy, and is the administrators’ alone', async () => {
    const { page } = await as('何志远', '/approval/admin/new?tab=form')
    await addWidget(page, '明细', '费用')
    await page.getByRole('button', { name: '发布' }).click()
    await page.getByText('「费用」里还没有控件', { exact: false }).waitFor()
    await page.goto(`${pages.url()}/approval/admin`)
    await page
      .getByRole('button', { name: /复制 approval_code/ })
      .first()
      .waitFor()
    await page.getByText('事件未订阅').first().waitFor()
    const clerk = await as('林小夏', '/approval/admin')
    await clerk.page.getByText('只有管理员可以管理审批').waitFor()
    const home = await as('林小夏', '/approval')
    expect(await home.page.getByRole('link', { name: '审批管理' }).count()).toBe(0)
  })

  it('fits a phone, from the list to the editor', async () => {
    const { page } = await as('何志远', '/approval/admin', true)
    await page.getByRole('link', { name: '退款审批', exact: true }).tap()
    await page.getByRole('tab', { name: '表单设计' }).tap()
    await page.locator('section[data-widget-type]').first().waitFor()
    expect((await page.evaluate('document.documentElement.scrollWidth')) as number).toBeLessThanOrEqual(390)
  })
})
