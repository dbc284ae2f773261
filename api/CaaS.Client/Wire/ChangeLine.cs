namespace CaaS.Client.Wire;

/// <summary>Somebody or something changed the cloud on purpose.</summary>
/// <param name="Time">When it was seen, UTC.</param>
/// <param name="Entity">What was changed, as <c>namespace/Kind/name</c>.</param>
/// <param name="Kind">Sort of change in camelCase, such as <c>image</c> or <c>config</c>.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Before">State before; empty when there was none.</param>
/// <param name="After">State after; empty when gone.</param>
/// <param name="Revision">Rollout revision after the change, or empty.</param>
/// <param name="Actor">Who, as far as known; empty otherwise.</param>
public sealed record ChangeLine(
    DateTimeOffset Time,
    string Entity,
    string Kind,
    string Summary,
    string Before,
    string After,
    string Revision,
    string Actor);
