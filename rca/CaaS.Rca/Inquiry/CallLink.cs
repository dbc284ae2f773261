namespace CaaS.Rca.Inquiry;

/// <summary>One entity calls another.</summary>
/// <param name="Caller">Index of the caller.</param>
/// <param name="Callee">Index of the callee.</param>
public readonly record struct CallLink(int Caller, int Callee);
