using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>One simulated incident as telemetry saw it, with its label.</summary>
internal sealed class HardCase
{
    public required int Seed { get; init; }

    public required string[] Entities { get; init; }

    /// <summary>Share of telemetry that was meant to be missing.</summary>
    public required double Missing { get; init; }

    /// <summary>Unix seconds of the first point.</summary>
    public required double From { get; init; }

    /// <summary>When users' trouble was noticed, unix seconds.</summary>
    public required double Onset { get; init; }

    /// <summary>Unix seconds of the inquiry; nothing later is in the case.</summary>
    public required double Now { get; init; }

    public required SymptomFact Symptom { get; init; }

    public required HardTruth[] Truths { get; init; }

    public required int ServiceCount { get; init; }

    public List<CallLink> Calls { get; } = [];

    public List<HardLink> Links { get; } = [];

    public List<SeriesFact> Series { get; } = [];

    public List<SpanFact> Spans { get; } = [];

    public List<LineFact> Lines { get; } = [];

    public List<HardLog> Logs { get; } = [];

    public List<HardEvent> Events { get; } = [];

    public List<HardChange> Changes { get; } = [];
}
