namespace CaaS.Rca.Findings;

/// <summary>What one caller waited, request by request, beyond the time its callee served.</summary>
/// <param name="Caller">Place of the caller.</param>
/// <param name="Callee">Place of the callee.</param>
/// <param name="Before">Seconds, from before the case began.</param>
/// <param name="Since">Seconds, since; at least one.</param>
internal sealed record WayPair(int Caller, int Callee, double[] Before, double[] Since);
