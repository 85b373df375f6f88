"""What `engine` offers, also what it imports only when it is asked for."""

import engine


def test_all_that_it_offers_is_there_and_listed() -> None:
    assert set(engine.__all__) <= set(dir(engine))
    for name in engine.__all__:
        assert getattr(engine, name).__name__ in (name, "UserError")
    assert not hasattr(engine, "check_gradient")


def test_the_gradient_check_is_its_module_s() -> None:
    from engine.checking import gradient_check  # noqa: PLC0415

    assert engine.check_gradients is gradient_check.check_gradients
