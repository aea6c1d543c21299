CREATE INDEX "orders_no" ON "orders" USING btree ("order_no");--> statement-breakpoint
CREATE INDEX "refunds_no" ON "refunds" USING btree ("refund_no");