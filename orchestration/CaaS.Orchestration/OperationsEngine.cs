using CaaS.Orchestration.Engine;

namespace CaaS.Orchestration;

/// <summary>Decides what to do about incidents and people's wishes, and sees each operation through to its
/// verification.</summary>
/// <remarks>
/// Pure and single-threaded: one owner steps it. The same inputs give the same steps. A step is O(live operations +
/// open incidents). Every revision of a step must be durable before any of its effects starts; then an operation's
/// call is sent at most once, whatever crashes, because <see cref="OperationEffect.Execute"/> is only ever made by the
/// step that enters <see cref="OperationStatus.Executing"/>.
/// </remarks>
public sealed class OperationsEngine
{
    private readonly OperationBook _book;
    private readonly Proposer _proposer;
    private readonly CommandDesk _desk;
    private readonly Lifecycle _life;

    /// <summary>Makes an engine that knows nothing yet.</summary>
    /// <param name="options">Numbers of the rails.</param>
    public OperationsEngine(OperationsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _book = new OperationBook(options);
        _life = new Lifecycle(_book, options);
        _proposer = new Proposer(_book, options);
        _desk = new CommandDesk(_book, options, _proposer);
    }

    /// <summary>Takes one input in.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">Instant of the input, UTC.</param>
    /// <returns>New revisions, effects, answers and changes; often empty.</returns>
    public OperationsStep Step(OperationsInput input, DateTimeOffset now)
    {
        var draft = new StepDraft(_book, now);
        switch (input)
        {
            case OperationsInput.Restored restored:
                _book.Restore(restored);
                break;
            case OperationsInput.IncidentSeen seen:
                SeeIncident(seen, draft);
                break;
            case OperationsInput.CommandSeen seen:
                _desk.Answer(seen.Command, draft);
                break;
            case OperationsInput.PoliciesChanged changed:
                _book.SetPolicies(changed.Policies);
                _proposer.ReviewAll(draft);
                break;
            case OperationsInput.CheckReported reported:
                _life.TakeChecks(reported.Report, draft);
                break;
            case OperationsInput.ExecutionReported reported:
                _life.TakeExecution(reported, draft);
                break;
            case OperationsInput.EffectReported reported:
                _life.TakeEffect(reported, draft);
                break;
            case OperationsInput.UndoReported reported:
                _life.TakeUndo(reported, draft);
                break;
            case OperationsInput.Tick tick:
                _book.KillSwitchFile = tick.KillSwitchFile;
                _life.Tick(draft);
                _proposer.ReviewAll(draft);
                _proposer.ReviewCordons(draft);
                break;
            default:
                throw new ArgumentException($"Unknown input {input.GetType().Name}.", nameof(input));
        }

        return draft.ToStep();
    }

    private void SeeIncident(OperationsInput.IncidentSeen seen, StepDraft draft)
    {
        if (_book.See(seen.Record.Incident))
        {
            _proposer.Review(seen.Record.Incident, draft);
            _life.JudgeIncident(seen.Record.Incident.Id, draft);
        }
    }
}
