using System.Collections.Immutable;
using CaaS.Signals;

namespace CaaS.Orchestration.Engine;

/// <summary>Collects what one step makes, and keeps the book in line with it.</summary>
internal sealed class StepDraft(OperationBook book, DateTimeOffset now)
{
    /// <summary>Lines of an audit trail: far above any real life of an operation; the first and the last are
    /// kept.</summary>
    private const int HistoryCountMax = 200;

    private readonly ImmutableArray<Operation>.Builder _changed = ImmutableArray.CreateBuilder<Operation>();
    private readonly ImmutableArray<OperationEffect>.Builder _effects = ImmutableArray.CreateBuilder<OperationEffect>();
    private readonly ImmutableArray<CommandOutcome>.Builder _outcomes = ImmutableArray.CreateBuilder<CommandOutcome>();
    private readonly ImmutableArray<ChangeEvent>.Builder _changes = ImmutableArray.CreateBuilder<ChangeEvent>();

    public DateTimeOffset Now => now;

    /// <summary>Makes the next revision of an operation, with a line in its audit trail.</summary>
    /// <param name="operation">The operation with its new values, still with its old revision.</param>
    /// <param name="status">Status it enters.</param>
    /// <param name="actor">Who.</param>
    /// <param name="text">One sentence.</param>
    /// <returns>The revision.</returns>
    public Operation Change(Operation operation, OperationStatus status, string actor, string text)
    {
        var history = operation.History.Add(new OperationStep(now, status, actor, text));
        var next = operation with
        {
            Status = status,
            Revision = operation.Revision + 1,
            History = history.Length > HistoryCountMax ? history.RemoveAt(1) : history,
        };
        _changed.Add(next);
        book.Put(next);
        return next;
    }

    public void Effect(OperationEffect effect) => _effects.Add(effect);

    public void Publish(ChangeEvent change) => _changes.Add(change);

    public void Answer(CommandOutcome outcome)
    {
        book.KeepAnswer(outcome);
        _outcomes.Add(outcome);
    }

    public void AskChecks(Operation operation)
    {
        book.Watch(operation.Id).ChecksAskedAt = now;
        _effects.Add(new OperationEffect.RunChecks(operation));
    }

    public void AskObserve(Operation operation)
    {
        var watch = book.Watch(operation.Id);
        watch.ObserveAskedAt = now;
        watch.IsObserving = true;
        _effects.Add(new OperationEffect.Observe(operation));
    }

    public OperationsStep ToStep() =>
        new(_changed.ToImmutable(), _effects.ToImmutable(), _outcomes.ToImmutable(), _changes.ToImmutable());
}
