using System.Collections.Immutable;

namespace CaaS.Orchestration.Policies;

/// <summary>Makes policies of what files say, and tells everything that is wrong at once.</summary>
public static class PolicyValidator
{
    /// <summary>Most policies in force: far above what people can keep in mind.</summary>
    public const int PolicyCountMax = 500;

    private const int NameLengthMax = 63;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly ImmutableSortedSet<string> Keys = ImmutableSortedSet.Create(
        StringComparer.Ordinal, "name", "mode", "when.faultClass", "when.entityKind", "when.namespace",
        "when.minConfidence", "when.requiresRecentChange", "do.operation", "do.replicas", "do.toRevision",
        "guard.cooldown", "guard.maxPerHour", "expiresAfter", "verify.within", "verify.undoOnFailure");

    /// <summary>Judges drafts.</summary>
    /// <param name="drafts">Policies as the files say them.</param>
    /// <returns>Good policies, and all messages.</returns>
    public static PolicySet Read(IReadOnlyList<PolicyDraft> drafts)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var messages = ImmutableArray.CreateBuilder<string>();
        var policies = new SortedDictionary<string, Policy>(StringComparer.Ordinal);
        foreach (var draft in drafts.Take(PolicyCountMax))
        {
            var reader = new FieldReader(draft, messages);
            var policy = Read(reader, draft);
            if (policy is not null && !policies.TryAdd(policy.Name, policy))
            {
                reader.Say("name", $"there is another policy '{policy.Name}'");
            }
        }

        if (drafts.Count > PolicyCountMax)
        {
            messages.Add($"{drafts[PolicyCountMax].Source}: more than {PolicyCountMax} policies.");
        }

        return new PolicySet([.. policies.Values], messages.ToImmutable());
    }

    private static Policy? Read(FieldReader reader, PolicyDraft draft)
    {
        var before = reader.MessageCount;
        reader.RefuseUnknown(Keys);
        var name = reader.Text("name", "");
        if (reader.Has("name") && !IsName(name))
        {
            reader.Say("name", $"'{name}' must be 1 to {NameLengthMax} lower-case letters, digits and '-'");
        }

        var operation = reader.Kind("do.operation");
        var parameters = Parameters(draft);
        if (operation is { } kind && PolicyWords.WhyBadParameters(kind, parameters) is { Length: > 0 } bad)
        {
            reader.Say("do.operation", bad.TrimEnd('.'));
        }

        var policy = new Policy(
            name,
            reader.Mode("mode", PolicyMode.Approve),
            reader.Required("when.faultClass"),
            reader.List("when.entityKind"),
            reader.List("when.namespace"),
            reader.Number("when.minConfidence", 0.5, 0, 1),
            reader.Truth("when.requiresRecentChange", false),
            operation ?? default,
            parameters,
            reader.Span("guard.cooldown", TimeSpan.FromMinutes(10), Second, Day),
            (int)reader.Number("guard.maxPerHour", 3, 1, 100, isWhole: true),
            reader.Span("expiresAfter", TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1), Day),
            reader.Span("verify.within", TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10), Day),
            reader.Truth("verify.undoOnFailure", false));
        reader.Required("name");
        if (operation is { } fit && policy.EntityKinds.Where(k => !Engine.Proposer.Fits(fit, k)).ToArray() is [var odd, ..])
        {
            reader.Say("when.entityKind", $"{PolicyWords.Of(fit)} cannot be done to a {odd}");
        }

        if (policy is { Mode: PolicyMode.Auto, Operation: OperationKind.Restart or OperationKind.DeletePod })
        {
            reader.Say("mode", $"{PolicyWords.Of(policy.Operation)} cannot be undone, so it cannot be auto");
        }

        return reader.MessageCount == before ? policy : null;
    }

    private static ImmutableSortedDictionary<string, string> Parameters(PolicyDraft draft) => draft.Fields
        .Where(field => field.Key is "do.replicas" or "do.toRevision" && field.Values.Length == 1)
        .GroupBy(field => field.Key["do.".Length..], StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, group => group.First().Values[0], StringComparer.Ordinal);

    private static bool IsName(string name) => name.Length is > 0 and <= NameLengthMax
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
