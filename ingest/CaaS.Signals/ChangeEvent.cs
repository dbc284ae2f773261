namespace CaaS.Signals;

/// <summary>Somebody or something changed the cloud on purpose.</summary>
/// <param name="Time">When it was seen, UTC.</param>
/// <param name="Entity">What was changed.</param>
/// <param name="Kind">Sort of change.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Before">State before, short text; empty when there was none.</param>
/// <param name="After">State after, short text; empty when gone.</param>
/// <param name="Revision">Rollout revision after the change, or empty.</param>
/// <param name="Actor">Who, as far as known; empty otherwise. The platform's own operations say
/// <c>caas:operation-id</c>.</param>
public sealed record ChangeEvent(
    DateTimeOffset Time,
    EntityRef Entity,
    ChangeKind Kind,
    string Summary,
    string Before,
    string After,
    string Revision,
    string Actor);
