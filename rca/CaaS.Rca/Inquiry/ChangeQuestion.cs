using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>Asks which change made an incident, if one did.</summary>
/// <param name="Target">Name of what hurts.</param>
/// <param name="AlertTime">When that was noticed, unix seconds.</param>
/// <param name="Changes">The changes that could have.</param>
/// <param name="Symptoms">What hurts, in words: alerts, names of series that moved, new error lines.</param>
/// <param name="Entities">Names the series point into.</param>
/// <param name="Series">Series from well before the changes to now.</param>
public sealed record ChangeQuestion(
    string Target,
    double AlertTime,
    ImmutableArray<ChangeFact> Changes,
    ImmutableArray<string> Symptoms,
    ImmutableArray<string> Entities,
    ImmutableArray<SeriesFact> Series);
