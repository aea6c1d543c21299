import { useState } from 'react'
import { useLocation } from 'wouter'
import type { WebShop } from '#sandbox/channels/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToast, useTry } from '../ui/toast.tsx'
import { Field } from './field.tsx'
import { yuan } from './format.ts'
import own from './place-order.module.css'
import styles from './shops.module.css'

/** A customer orders: product, quantity, words to the shop, paid at once or not. */
export function PlaceOrder({ shop, onClose }: { shop: WebShop; onClose: () => void }) {
  const t = useT()
  const attempt = useTry()
  const toast = useToast()
  const [, go] = useLocation()
  const [productId, setProductId] = useState(shop.products[0]?.product_id ?? '')
  const [quantity, setQuantity] = useState(1)
  const [words, setWords] = useState('')
  const [paid, setPaid] = useState(true)
  const [busy, setBusy] = useState(false)
  const product = shop.products.find((one) => one.product_id === productId)
  const order = async () => {
    setBusy(true)
    await attempt(async () => {
      const { order_ids } = await send<{ order_ids: string[] }>('POST', 'shop-orders', {
        shop_id: shop.shop_id,
        product_id: productId,
        quantity,
        buyer_words: words,
        paid,
      })
      toast('success', t('已下单，卡片马上到群里', 'Ordered: the card is on its way'))
      onClose()
      if (order_ids[0] !== undefined) go(`/shops/orders/${order_ids[0]}`)
    })
    setBusy(false)
  }
  return (
    <Dialog
      title={t(`在「${shop.name}」下单`, `Order at ${shop.name}`)}
      onClose={onClose}
      actions={
        <>
          <strong className={own.total}>{yuan((product?.price ?? 0) * quantity)}</strong>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!(quantity >= 1)} onClick={order}>
            {paid ? t('下单并付款', 'Order and pay') : t('下单', 'Order')}
          </Button>
        </>
      }
    >
      <fieldset className={own.products}>
        <legend>{t('商品', 'Product')}</legend>
        {shop.products.map((one) => (
          <label key={one.product_id} className={own.product}>
            <input
              type="radio"
              name="product"
              checked={one.product_id === productId}
              onChange={() => setProductId(one.product_id)}
            />
            <span>
              {one.name}
              <small>{one.spec}</small>
            </span>
            <span className={styles.money}>{yuan(one.price)}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t('数量', 'Quantity')}>
        <input
          className={styles.input}
          type="number"
          min={1}
          max={99}
          value={Number.isNaN(quantity) ? '' : quantity}
          onChange={(event) => setQuantity(event.target.valueAsNumber)}
        />
      </Field>
      <Field label={t('买家留言', 'Words to the shop')}>
        <input
          className={styles.input}
          maxLength={200}
          value={words}
          placeholder={t('选填', 'Optional')}
          onChange={(event) => setWords(event.target.value)}
        />
      </Field>
      <label className={own.paid}>
        <input type="checkbox" checked={paid} onChange={(event) => setPaid(event.target.checked)} />
        {t('立即付款', 'Pay at once')}
      </label>
    </Dialog>
  )
}
