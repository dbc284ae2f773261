namespace CaaS.Alerting.Runtime.Receivers;

/// <summary>What became of one try.</summary>
/// <param name="Ok">True when it was taken.</param>
/// <param name="Retryable">True when another try may help.</param>
/// <param name="Why">Reason when it was not taken; empty otherwise.</param>
internal readonly record struct Attempt(bool Ok, bool Retryable, string Why)
{
    public static readonly Attempt Taken = new(true, false, "");
}
