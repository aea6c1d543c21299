CREATE TABLE "deliveries" (
	"shop_id" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"digest" text NOT NULL,
	"answer" jsonb,
	"received_at" bigint NOT NULL,
	CONSTRAINT "deliveries_shop_id_idempotency_key_pk" PRIMARY KEY("shop_id","idempotency_key")
);
--> statement-breakpoint
CREATE INDEX "deliveries_received" ON "deliveries" USING btree ("received_at");