PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,                 -- queued, sending, deferred, closed, withdrawn
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT NOT NULL,
    reached INTEGER NOT NULL DEFAULT 0,  -- 1: somebody has it, or may have it
    sender TEXT NOT NULL DEFAULT '',
    message BLOB,                        -- NULL once it will not be sent any more
    stages TEXT NOT NULL,                -- this and the next two as the tab Pengingat shows them
    numbers TEXT NOT NULL,
    steps TEXT NOT NULL,
    seal TEXT NOT NULL DEFAULT ''        -- see `seal_of`
);
INSERT INTO mail VALUES(1,'<mail.7f2248cb532d942cf79bf867b93cfa2f@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Giliran','0009/ADU/XI/2026, 0008/INF/XI/2026','5. Jawaban, 6. Balasan','1868794b18ef7f1aeff1d04ef23319d3');
INSERT INTO mail VALUES(2,'<mail.d18a2b7d7edac6429c40872a56f86821@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Giliran, Ringkasan','0010/ADU/XI/2026','3. Disposisi','d7b2c7c76663835a2524ce62a470225a');
INSERT INTO mail VALUES(3,'<mail.6ba2aa39613a8053a4ae64f15eda43f9@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Temuan','','','9a81a1acffe484834ffe5f9da90c2d2c');
INSERT INTO mail VALUES(4,'<mail.860c7e2ef1f80ff528dcb28a63062b48@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Temuan','','','a6f0b331e5cb02fee0c4d06bdc14f6a6');
INSERT INTO mail VALUES(5,'<mail.38d8922201bc1d658f7aaeb41909f0d2@kantor.example.id>','closed',1,'2026-11-23T10:05:00',0,'pengingat@kantor.example.id',NULL,'Segera Jatuh Tempo','0009/ADU/XI/2026, 0008/INF/XI/2026','5. Jawaban, 6. Balasan','fec09203c26685ff893c7e1ccb7a93c6');
INSERT INTO mail VALUES(6,'<mail.0ded89a954da5067a92be5243b10227a@kantor.example.id>','closed',1,'2026-11-23T10:05:00',0,'pengingat@kantor.example.id',NULL,'Terlambat','0010/ADU/XI/2026','3. Disposisi','0d302dafca045f3958f274c4de51bb2a');
CREATE TABLE recipient (
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    place INTEGER NOT NULL,              -- 0: the mail is to them; else they had a copy
    address TEXT NOT NULL,               -- `Way` as text: no kind before it means e-mail
    name TEXT NOT NULL,
    state TEXT NOT NULL,                 -- waiting, sent, failed, withdrawn
    reason TEXT NOT NULL DEFAULT '',     -- of the last refusal
    at TEXT NOT NULL,                    -- when the state was reached
    PRIMARY KEY (mail_id, place)
) WITHOUT ROWID;
INSERT INTO recipient VALUES(1,0,'wahyu.n@dukcapil.example.id','Wahyu Nugroho','sent','','2026-11-23T09:00:00');
INSERT INTO recipient VALUES(2,0,'kepala@dukcapil.example.id','Retno Palupi Sasmita','sent','','2026-11-23T09:00:00');
INSERT INTO recipient VALUES(3,0,'sri.lestari@dukcapil.example.id','Sri Lestari','sent','','2026-11-23T09:00:00');
INSERT INTO recipient VALUES(4,0,'bagas.p@dukcapil.example.id','Bagas Prasetyo','sent','','2026-11-23T09:00:00');
INSERT INTO recipient VALUES(5,0,'wahyu.n@dukcapil.example.id','Wahyu Nugroho','sent','','2026-11-23T10:00:00');
INSERT INTO recipient VALUES(6,0,'kepala@dukcapil.example.id','Retno Palupi Sasmita','sent','','2026-11-23T10:00:00');
CREATE TABLE told (        -- what is said by a mail that was not withdrawn
    mailbox TEXT NOT NULL,               -- `Person.mailbox`: who, at which address
    key TEXT NOT NULL,
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    PRIMARY KEY (mailbox, key)
) WITHOUT ROWID;
INSERT INTO told VALUES('ad6c9f721f wahyu.n@dukcapil.example.id','0008/INF/XI/2026|6|1|turn|0',1);
INSERT INTO told VALUES('ad6c9f721f wahyu.n@dukcapil.example.id','0009/ADU/XI/2026|5|1|turn|0',1);
INSERT INTO told VALUES('ad6c9f721f wahyu.n@dukcapil.example.id','morning|2026-11-23',1);
INSERT INTO told VALUES('d2088e5ad5 kepala@dukcapil.example.id','0010/ADU/XI/2026|3|1|turn|0',2);
INSERT INTO told VALUES('d2088e5ad5 kepala@dukcapil.example.id','figures|2026-11-23',2);
INSERT INTO told VALUES('d2088e5ad5 kepala@dukcapil.example.id','morning|2026-11-23',2);
INSERT INTO told VALUES('c7740dc1f3 sri.lestari@dukcapil.example.id','findings|2026-11-23',3);
INSERT INTO told VALUES('c7740dc1f3 sri.lestari@dukcapil.example.id','morning|2026-11-23',3);
INSERT INTO told VALUES('365b87c7f8 bagas.p@dukcapil.example.id','findings|2026-11-23',4);
INSERT INTO told VALUES('365b87c7f8 bagas.p@dukcapil.example.id','morning|2026-11-23',4);
INSERT INTO told VALUES('ad6c9f721f wahyu.n@dukcapil.example.id','0008/INF/XI/2026|6|1|soon|0',5);
INSERT INTO told VALUES('ad6c9f721f wahyu.n@dukcapil.example.id','0009/ADU/XI/2026|5|1|soon|0',5);
INSERT INTO told VALUES('d2088e5ad5 kepala@dukcapil.example.id','0010/ADU/XI/2026|3|1|overdue|1',6);
CREATE TABLE repair (      -- of a damaged file, until it was told; see `store.py`
    sentence TEXT NOT NULL
);
CREATE INDEX unsent ON mail (attempts, id) WHERE message IS NOT NULL;
CREATE INDEX told_by ON told (mail_id);
COMMIT;
PRAGMA user_version = 1;
