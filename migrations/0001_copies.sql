ALTER TABLE "orders" ADD COLUMN "copies" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "copies" jsonb DEFAULT '{}'::jsonb NOT NULL;