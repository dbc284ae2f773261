using CaaS.Signals;

namespace CaaS.Rca;

/// <summary>How much one service is hurt.</summary>
/// <param name="Service">The service, or the workload when no service selects it.</param>
/// <param name="FailingShare">Share of its requests that fail, 0 to 1; NaN when none is known to.</param>
/// <param name="Slowness">Time its requests take over the most that is usual for them, above 1; NaN when none is known
/// to be slow.</param>
/// <param name="Text">The same for people, with what else is wrong there; a clause without a full stop.</param>
public readonly record struct ServiceHarm(EntityRef Service, double FailingShare, double Slowness, string Text);
