using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>Which change made an incident.</summary>
/// <param name="Culprit">Id of the change, or empty when none did.</param>
/// <param name="Judged">Every change with its score in nats and its reasons, most suspect first.</param>
/// <param name="Operational">What speaks for a cause that is no change, or empty.</param>
public sealed record ChangeAnswer(
    string Culprit, ImmutableArray<(string Id, double Score, ImmutableArray<string> Reasons)> Judged,
        ImmutableArray<string> Operational);
