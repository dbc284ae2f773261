using CaaS.Alerting.Feedback;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Alerting;

/// <summary>What the engine is told, one at a time.</summary>
public abstract record AlertInput
{
    private AlertInput()
    {
    }

    /// <summary>An incident changed.</summary>
    /// <param name="Record">The change.</param>
    public sealed record IncidentSeen(IncidentRecord Record) : AlertInput;

    /// <summary>An operation changed.</summary>
    /// <param name="Record">The change.</param>
    public sealed record OperationSeen(OperationRecord Record) : AlertInput;

    /// <summary>A person asked for something.</summary>
    /// <param name="Command">What; verbs of other stages are passed over.</param>
    public sealed record CommandSeen(Command Command) : AlertInput;

    /// <summary>Another model rates incidents from now on, and rates those that are not over.</summary>
    /// <param name="Model">The model, or null for none.</param>
    public sealed record ModelChosen(IUsefulnessModel? Model) : AlertInput;

    /// <summary>Time passed.</summary>
    public sealed record Tick : AlertInput;
}
