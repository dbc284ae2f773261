namespace CaaS.Client.Wire;

/// <summary>How much one service is hurt.</summary>
/// <param name="Service">The service, as <c>namespace/Kind/name</c>.</param>
/// <param name="FailingShare">Share of its requests that fail, 0 to 1, or null when none is known to.</param>
/// <param name="Slowness">Time its requests take over the most that is usual for them, above 1, or null when none is
/// known to be slow.</param>
/// <param name="Text">The same for people, with what else is wrong there.</param>
public sealed record ServiceHarm(string Service, double? FailingShare, double? Slowness, string Text);
