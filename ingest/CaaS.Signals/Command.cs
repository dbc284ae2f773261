using System.Collections.Immutable;

namespace CaaS.Signals;

/// <summary>What a person asked of the platform; a record of the topic <c>commands</c>.</summary>
/// <param name="Id">Unique id: lower-case hex of random bytes drawn by the API.</param>
/// <param name="Scope">Scope it concerns.</param>
/// <param name="Time">When it was asked, UTC.</param>
/// <param name="Actor">Name of the person or token.</param>
/// <param name="Verb">One of <see cref="CommandVerbs"/>.</param>
/// <param name="Target">Id of the incident, operation, silence or policy; empty for platform-wide verbs.</param>
/// <param name="Arguments">Arguments by name, sorted.</param>
public sealed record Command(
    string Id,
    Scope Scope,
    DateTimeOffset Time,
    string Actor,
    string Verb,
    string Target,
    ImmutableSortedDictionary<string, string> Arguments);
