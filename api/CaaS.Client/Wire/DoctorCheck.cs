namespace CaaS.Client.Wire;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">Short name, such as <c>cluster-rights</c>.</param>
/// <param name="Ok">True when it is well.</param>
/// <param name="Text">What was found, one sentence.</param>
/// <param name="Fix">What to do about it; empty when it is well.</param>
public sealed record DoctorCheck(string Name, bool Ok, string Text, string Fix);
