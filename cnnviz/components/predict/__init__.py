"""A question to answer before looking, and what there is to say to the answer."""

from collections.abc import Callable

from cnnviz.components.declared import declared
from cnnviz.components.messages import QuestionMessage
from cnnviz.html.marked import marked
from cnnviz.labs.questions import Question

_predict = declared("predict", '<section class="predict"></section>')


def predict(
    question: Question,
    chosen: str | None,
    key: str,
    on_answer: Callable[[], None],
    on_another: Callable[[], None],
) -> None:
    """Show a question with its choices; once one is chosen, whether it is right, and why.

    Parameters
    ----------
    question : questions.Question
    chosen : str or None
        The text of the choice that was made, if one was.
    key : str
    on_answer : callable
        Called when a choice is made; the state's ``key`` then has ``answer``, its text.
    on_another : callable
        Called when another question is wanted.
    """
    data = question_data(question, chosen)
    _predict(key=key, data=data, on_answer_change=on_answer, on_another_change=on_another)


def question_data(question: Question, chosen: str | None) -> QuestionMessage:
    """Return what the browser needs for `predict`, ready for JSON."""
    texts = [choice.text for choice in question.choices]
    return {
        "question": question.text,
        "choices": texts,
        "chosen": chosen,
        "right": next(choice.text for choice in question.choices if choice.right)
        if chosen
        else None,
        "verdict": marked(question.verdict(chosen)) if chosen else "",
    }
