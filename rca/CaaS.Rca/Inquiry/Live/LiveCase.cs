using CaaS.Signals;

namespace CaaS.Rca.Inquiry.Live;

/// <summary>An open incident as a case for the inquiry.</summary>
/// <param name="Case">The case.</param>
/// <param name="Entities">Its entities, in its order.</param>
/// <param name="Names">Names of what happens in its visits.</param>
internal sealed record LiveCase(CauseCase Case, IReadOnlyList<EntityRef> Entities, EventNames Names);
