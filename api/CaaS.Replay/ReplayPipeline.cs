using System.Collections.Immutable;
using CaaS.Analytics;
using CaaS.Orchestration;
using CaaS.Rca;
using CaaS.Signals;

namespace CaaS.Replay;

/// <summary>All cores composed into one pure pipeline: what the shells step in processes of their own.</summary>
/// <remarks>Not thread-safe. Calls nothing and changes nothing: an operation is proposed, its effects are
/// dropped.</remarks>
public sealed class ReplayPipeline
{
    private readonly AnalyticsEngine _analytics;
    private readonly RcaEngine _rca;
    private readonly OperationsEngine _operations;

    /// <summary>Makes a pipeline that has learned nothing yet.</summary>
    /// <param name="header">Scope, settings and policies.</param>
    public ReplayPipeline(RecordingHeader header)
    {
        _analytics = new AnalyticsEngine(
            RecordedSettings.Apply<AnalyticsOptions>(AnalyticsOptions.Section, header.Configuration));
        _rca = new RcaEngine(RecordedSettings.Apply<RcaOptions>(RcaOptions.Section, header.Configuration), header.Scope);
        _operations = new OperationsEngine(
            RecordedSettings.Apply<OperationsOptions>(OperationsOptions.Section, header.Configuration));
        _operations.Step(new OperationsInput.PoliciesChanged(header.Policies), header.From);
    }

    /// <summary>Steps one record through every core.</summary>
    /// <param name="entry">The record; records come in recorded order.</param>
    /// <returns>What it led to.</returns>
    /// <exception cref="FormatException">The payload is not what its topic carries.</exception>
    public ReplayStep Step(RecordedEntry entry) => entry.Topic switch
    {
        RecordedTopic.Signals => Signals(entry),
        RecordedTopic.Commands => Command(entry),
        _ => throw new FormatException($"Topic {entry.Topic} is not known."),
    };

    private ReplayStep Signals(RecordedEntry entry)
    {
        var batch = SignalBatchCodec.Decode(entry.Payload);
        var anomalies = _analytics.Step(batch, entry.AppendedAt);
        var incidents = _rca.Step(entry.Offset, batch, anomalies, entry.AppendedAt);
        var operations = ImmutableArray.CreateBuilder<Operation>();
        foreach (var record in incidents)
        {
            operations.AddRange(_operations.Step(new OperationsInput.IncidentSeen(record), entry.AppendedAt).Changed);
        }

        if (batch.IsTick)
        {
            operations.AddRange(_operations.Step(new OperationsInput.Tick(KillSwitchFile: false), entry.AppendedAt).Changed);
        }

        return new ReplayStep(anomalies, incidents, operations.ToImmutable());
    }

    private ReplayStep Command(RecordedEntry entry)
    {
        var command = SignalsJson.Decode<Command>(entry.Payload.Span);
        var step = _operations.Step(new OperationsInput.CommandSeen(command), entry.AppendedAt);
        return new ReplayStep([], [], step.Changed);
    }
}
