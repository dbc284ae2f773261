using System.Diagnostics.Metrics;

namespace CaaS.Orchestration.Runtime;

/// <summary>What the stage counts of itself.</summary>
internal sealed class OrchestrationMeters
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "CaaS.Orchestration";

    private readonly Counter<long> _revisions;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _dropped;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Factory.</param>
    public OrchestrationMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _revisions = meter.CreateCounter<long>("caas_orchestration_revisions_total", null, "Changes of operations by status.");
        _calls = meter.CreateCounter<long>("caas_orchestration_calls_total", null, "Calls to the cloud by sort and outcome.");
        _commands = meter.CreateCounter<long>("caas_orchestration_commands_total", null, "Commands answered, by result.");
        _dropped = meter.CreateCounter<long>("caas_orchestration_dropped_total", null, "Records that could not be read, by topic.");
    }

    public void Revision(OperationStatus status) => _revisions.Add(1, Tag("status", status.ToString()));

    public void Call(string sort, string outcome) => _calls.Add(1, Tag("sort", sort), Tag("outcome", outcome));

    public void Command(bool ok) => _commands.Add(1, Tag("result", ok ? "done" : "refused"));

    public void Dropped(string topic) => _dropped.Add(1, Tag("topic", topic));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
