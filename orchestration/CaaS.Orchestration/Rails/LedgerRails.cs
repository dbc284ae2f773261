namespace CaaS.Orchestration.Rails;

/// <summary>Rails on what the platform itself has done and is doing.</summary>
internal static class LedgerRails
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>One live operation per target.</summary>
    public static OperationCheck? OnePerTarget(RailCase c)
    {
        var other = c.Book.OtherLiveOn(c.Operation);
        return new OperationCheck("one-per-target", other is null, other is null
            ? "No other operation on this target is live."
            : $"Operation {other.Id} on this target is not over.");
    }

    /// <summary>Rest between two operations on one target; failures count too.</summary>
    public static OperationCheck? Cooldown(RailCase c)
    {
        var rest = c.Operation.Policy.Length == 0 ? c.Options.ManualCooldown : c.Policy?.Cooldown ?? TimeSpan.MaxValue;
        var last = c.Book.LastTouched(c.Operation);
        var ok = last is null || c.Now - last.Value >= rest;
        return new OperationCheck("cooldown", ok, last is null
            ? "Nothing was done to this target lately."
            : $"The last operation on this target ended {Span(c.Now - last.Value)} ago; {Span(rest)} are asked.");
    }

    /// <summary>Most operations of a policy in an hour.</summary>
    public static OperationCheck? PolicyBudget(RailCase c)
    {
        if (c.Operation.Policy.Length == 0)
        {
            return null;
        }

        var sent = c.Book.SentSince(c.Now - Hour, c.Operation.Policy);
        var most = c.Policy?.MaxPerHour ?? 0;
        return new OperationCheck("policy-budget", sent < most, $"{sent} of {most} sent by this policy in the last hour.");
    }

    /// <summary>Most operations in an hour, whoever asked.</summary>
    public static OperationCheck? Budget(RailCase c)
    {
        var sent = c.Book.SentSince(c.Now - Hour, policy: null);
        return new OperationCheck(
            "budget", sent < c.Options.MaxPerHour, $"{sent} of {c.Options.MaxPerHour} sent in the last hour.");
    }

    /// <summary>Most operations under way at once.</summary>
    public static OperationCheck? Concurrency(RailCase c)
    {
        var others = c.Book.OthersUnderWay(c.Operation);
        return new OperationCheck(
            "concurrency", others < c.Options.MaxConcurrent, $"{others} of {c.Options.MaxConcurrent} under way.");
    }

    /// <summary>The kill switch stops everything.</summary>
    public static OperationCheck? KillSwitch(RailCase c) => new("kill-switch", !c.Book.IsStopped, c.Book switch
    {
        { KillSwitchFile: true } => "The kill-switch file is there.",
        { KillSwitch: true } => "The kill switch is engaged.",
        _ => "The kill switch is released.",
    });

    /// <summary>A proposal does not stand for ever.</summary>
    public static OperationCheck? Expiry(RailCase c) => new("expiry", c.Now < c.Operation.ExpiresAt,
        c.Now < c.Operation.ExpiresAt ? "The proposal still stands." : "The proposal has lapsed.");

    /// <summary>Only a fresh reading of the cluster may authorise a call.</summary>
    public static OperationCheck? FreshData(RailCase c)
    {
        var age = c.Now - c.ReadAt;
        var ok = age <= c.Options.ChecksValidFor && age >= -c.Options.ChecksValidFor;
        return new OperationCheck("fresh-data", ok, $"The cluster was read {Span(age)} ago.");
    }

    private static string Span(TimeSpan span) => PolicySentence.Span(span);
}
