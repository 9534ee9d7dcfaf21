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
    steps TEXT NOT NULL
);
INSERT INTO mail VALUES(1,'<mail.c2686b6797ba317a7c2b21e6fd47bdb0@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Terlambat, Segera Jatuh Tempo','0008/ADU/XI/2026, 0009/ADU/XI/2026','5. Jawaban');
INSERT INTO mail VALUES(2,'<mail.a9ee5ce00b7b07a728e7fbfa381bf52c@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Giliran','0010/ADU/XI/2026','3. Disposisi');
INSERT INTO mail VALUES(3,'<mail.5d5cd64d9cee1e1d528aa30c11903607@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Temuan','','');
INSERT INTO mail VALUES(4,'<mail.581473e0dc91fe16207daf5ccafebc87@kantor.example.id>','closed',1,'2026-11-23T09:05:00',0,'pengingat@kantor.example.id',NULL,'Temuan','','');
INSERT INTO mail VALUES(5,'<mail.be1ba6d75889cc168e4ab688c64460c1@kantor.example.id>','closed',1,'2026-11-23T10:05:00',0,'pengingat@kantor.example.id',NULL,'Terlambat','0009/ADU/XI/2026','5. Jawaban');
INSERT INTO mail VALUES(6,'<mail.8d45421c217e826b6819474bccdd12a9@kantor.example.id>','closed',1,'2026-11-23T10:05:00',0,'pengingat@kantor.example.id',NULL,'Terlambat','0010/ADU/XI/2026','3. Disposisi');
CREATE TABLE recipient (
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    place INTEGER NOT NULL,              -- 0: the mail is to them; else they have a copy
    address TEXT NOT NULL,
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
    address TEXT NOT NULL,
    key TEXT NOT NULL,
    mail_id INTEGER NOT NULL REFERENCES mail ON DELETE CASCADE,
    PRIMARY KEY (address, key)
) WITHOUT ROWID;
INSERT INTO told VALUES('wahyu.n@dukcapil.example.id','0008/ADU/XI/2026|5|overdue|0',1);
INSERT INTO told VALUES('wahyu.n@dukcapil.example.id','0009/ADU/XI/2026|5|soon|0',1);
INSERT INTO told VALUES('kepala@dukcapil.example.id','0010/ADU/XI/2026|3|turn|0',2);
INSERT INTO told VALUES('sri.lestari@dukcapil.example.id','|0|findings|2026-11-23',3);
INSERT INTO told VALUES('bagas.p@dukcapil.example.id','|0|findings|2026-11-23',4);
INSERT INTO told VALUES('wahyu.n@dukcapil.example.id','0009/ADU/XI/2026|5|overdue|0',5);
INSERT INTO told VALUES('kepala@dukcapil.example.id','0010/ADU/XI/2026|3|overdue|0',6);
CREATE INDEX unsent ON mail (attempts, id) WHERE message IS NOT NULL;
CREATE INDEX told_by ON told (mail_id);
COMMIT;
PRAGMA user_version = 0;
