using System.Collections.Immutable;

namespace CaaS.Rca.FaultClasses;

/// <summary>A sort of fault that has a sign of its own; its id is the feature's name too.</summary>
/// <param name="Id">Stable id, such as <c>image-not-found</c>.</param>
/// <param name="Title">Short title for people.</param>
/// <param name="Verdict">One clause; <c>{entity}</c> stands for the entity.</param>
/// <param name="Kinds">Sorts of entity it can befall, as <see cref="FaultClass.Kinds"/>.</param>
/// <param name="Profile">Name of its family.</param>
/// <param name="Prior">As <see cref="FaultClass.Prior"/>.</param>
/// <param name="Weight">Log-likelihood ratio of the sign, nats, above zero.</param>
/// <param name="Unless">Other signs that tell the same more closely.</param>
/// <param name="Sign">What shows it.</param>
public sealed record SignedFaultClass(
    string Id,
    string Title,
    string Verdict,
    ImmutableArray<string> Kinds,
    string Profile,
    double Prior,
    double Weight,
    ImmutableArray<string> Unless,
    FaultSign Sign)
{
    private const double UnlessWeight = -5;

    /// <summary>The class as the scorer weighs it.</summary>
    /// <param name="profile">Its family.</param>
    /// <returns>The class.</returns>
    public FaultClass Unfold(FaultProfile profile) => new(
        Id, Title, Verdict, Kinds, Prior,
        [new EvidenceRule(Id, Weight, IsCore: true, IsDirect: true), .. profile.Evidence],
        [.. (Unless.IsDefault ? [] : Unless).Select(closer => new EvidenceRule(closer, UnlessWeight)), .. profile.Contradicting],
        string.Join(' ', Sign.Words));
}
