using System.Collections.Immutable;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Orchestration.Engine;

/// <summary>All the engine knows: operations, incidents, policies and the kill switch.</summary>
internal sealed class OperationBook(OperationsOptions options)
{
    private readonly SortedDictionary<string, Operation> _operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, OperationWatch> _watches = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Incident> _incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommandOutcome> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _answerOrder = new();

    public ImmutableArray<Policy> Policies { get; private set; } = [];

    /// <summary>The durable switch, thrown by a command.</summary>
    public bool KillSwitch { get; set; }

    /// <summary>The switch somebody threw by making a file.</summary>
    public bool KillSwitchFile { get; set; }

    public bool IsStopped => KillSwitch || KillSwitchFile;

    public IEnumerable<Operation> Operations => _operations.Values;

    public IEnumerable<Incident> Incidents => _incidents.Values;

    public Operation[] Live() => [.. _operations.Values.Where(operation => operation.IsLive)];

    public Operation? Find(string id) => _operations.GetValueOrDefault(id);

    public Policy? FindPolicy(string name) => Policies.FirstOrDefault(policy => policy.Name == name);

    /// <summary>The incident, or the one that took it over.</summary>
    public Incident? FindIncident(string id)
    {
        var incident = _incidents.GetValueOrDefault(id);
        for (var hop = 0; hop < 8 && incident is { Status: IncidentStatus.Merged, MergedInto.Length: > 0 }; hop++)
        {
            incident = _incidents.GetValueOrDefault(incident.MergedInto);
        }

        return incident;
    }

    public OperationWatch Watch(string id)
    {
        if (!_watches.TryGetValue(id, out var watch))
        {
            _watches[id] = watch = new OperationWatch();
        }

        return watch;
    }

    public void Restore(OperationsInput.Restored restored)
    {
        KillSwitch = restored.KillSwitch;
        foreach (var operation in restored.Operations)
        {
            Put(operation);
        }

        foreach (var incident in restored.Incidents)
        {
            See(incident);
        }
    }

    public void SetPolicies(ImmutableArray<Policy> policies) =>
        Policies = [.. policies.OrderBy(policy => policy.Name, StringComparer.Ordinal)];

    /// <summary>Keeps an operation, unless a newer revision is there; forgets the finished ones longest
    /// untouched.</summary>
    public void Put(Operation operation)
    {
        if (_operations.TryGetValue(operation.Id, out var known) && known.Revision >= operation.Revision)
        {
            return;
        }

        _operations[operation.Id] = operation;
        if (!operation.IsLive)
        {
            _watches.Remove(operation.Id);
        }

        if (_operations.Count > options.MaxRemembered + options.MaxLive)
        {
            var oldest = _operations.Values.Where(o => !o.IsLive).MinBy(o => (o.History[^1].Time, o.Id));
            _operations.Remove(oldest?.Id ?? "");
        }
    }

    /// <summary>Keeps an incident.</summary>
    /// <returns>False for a revision that is not newer than the one known.</returns>
    public bool See(Incident incident)
    {
        if (_incidents.TryGetValue(incident.Id, out var known) && known.Revision >= incident.Revision)
        {
            return false;
        }

        _incidents[incident.Id] = incident;
        if (_incidents.Count > options.MaxIncidents)
        {
            var oldest = _incidents.Values.MinBy(i => (i.Status < IncidentStatus.Resolved, i.ChangedAt, i.Id));
            _incidents.Remove(oldest!.Id);
        }

        return true;
    }

    public CommandOutcome? AnswerOf(string commandId) => _answers.GetValueOrDefault(commandId);

    public void KeepAnswer(CommandOutcome outcome)
    {
        if (_answers.TryAdd(outcome.CommandId, outcome))
        {
            _answerOrder.Enqueue(outcome.CommandId);
        }

        while (_answerOrder.Count > options.MaxCommands)
        {
            _answers.Remove(_answerOrder.Dequeue());
        }
    }

    /// <summary>Operations proposed for an incident, one key, oldest first.</summary>
    public Operation[] ProposedFor(string incidentId, OperationKind kind, EntityRef target) =>
    [
        .. _operations.Values
            .Where(o => o.IncidentId == incidentId && o.Kind == kind && o.Target == target)
            .OrderBy(o => o.ProposedAt).ThenBy(o => o.Id, StringComparer.Ordinal),
    ];

    /// <summary>Another live operation on the same target, or null.</summary>
    public Operation? OtherLiveOn(Operation operation) => _operations.Values.FirstOrDefault(
        o => o.IsLive && o.Id != operation.Id && o.Target == operation.Target);

    /// <summary>Other operations that may be disturbing the cluster now.</summary>
    public int OthersUnderWay(Operation operation) =>
        _operations.Values.Count(o => o.IsUnderWay && o.Id != operation.Id);

    /// <summary>Whether undoing has to wait for another call's effect, or for another undoing: one disturbance at a
    /// time.</summary>
    public bool MustUndoWait(Operation operation) => _operations.Values.Any(o => o.Id != operation.Id && o.IsUnderWay
        && (o.Undoing != UndoState.Pending || string.CompareOrdinal(o.Id, operation.Id) < 0));

    /// <summary>When an operation that was really sent last changed on this target, or null.</summary>
    public DateTimeOffset? LastTouched(Operation operation) => _operations.Values
        .Where(o => o.SentAt is not null && o.Id != operation.Id && o.Target == operation.Target)
        .Select(o => (DateTimeOffset?)o.History[^1].Time).Max();

    /// <summary>How many operations were sent since an instant, by one policy or by all (null).</summary>
    public int SentSince(DateTimeOffset since, string? policy) =>
        _operations.Values.Count(o => o.SentAt > since && (policy is null || o.Policy == policy));
}
