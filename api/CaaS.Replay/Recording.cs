using System.Collections.Immutable;

namespace CaaS.Replay;

/// <summary>A window of the log that can be run again, read whole into memory.</summary>
/// <param name="Header">What it says of itself.</param>
/// <param name="Entries">Its records in the order they are stepped: by append time, signals before commands.</param>
public sealed record Recording(RecordingHeader Header, ImmutableArray<RecordedEntry> Entries);
