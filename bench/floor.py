"""The floor: a bare Flask view with Flask-Login, CSRF and one upsert, on the same server.

What any system of this stack must spend on saving one response.
``python -m bench.floor PATH PORT``.
"""

import sys
from pathlib import Path

from flask import Flask, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from waitress import serve

from quiz.database import POOL_SIZE, make_engine

THREADS = POOL_SIZE
"""As many as ``quiz serve`` has."""


class Base(DeclarativeBase):
    """Tables of the floor."""


class Person(UserMixin, Base):
    """Somebody who answers."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)


class Answer(Base):
    """One stored response."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("person_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    chosen: Mapped[str]
    revision: Mapped[int]


def floor_app(path: Path) -> Flask:
    """The bare application on an SQLite file with 50 people."""
    app = Flask("floor")
    app.config.update(SECRET_KEY="lantai", WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    manager = LoginManager(app)
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Person(id=number) for number in range(1, 51))
        session.commit()

    @manager.user_loader
    def load(user_id: str) -> Person | None:
        with Session(engine) as session:
            return session.get(Person, int(user_id))

    @app.get("/masuk/<int:number>")
    def enter(number: int):
        with Session(engine, expire_on_commit=False) as session:
            login_user(session.get_one(Person, number))
        return jsonify(csrf=generate_csrf())

    @app.put("/jawaban/<int:position>")
    @login_required
    def save(position: int):
        body = request.get_json()
        statement = insert(Answer).values(
            person_id=int(current_user.get_id()),
            position=position,
            chosen=",".join(body["chosen"]),
            revision=body["revision"],
        )
        statement = statement.on_conflict_do_update(
            index_elements=["person_id", "position"],
            set_={"chosen": statement.excluded.chosen, "revision": statement.excluded.revision},
            where=Answer.revision < statement.excluded.revision,
        )
        with Session(engine) as session:
            session.execute(statement)
            session.commit()
        return jsonify(chosen=body["chosen"], revision=body["revision"])

    return app


if __name__ == "__main__":
    serve(floor_app(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), threads=THREADS)
