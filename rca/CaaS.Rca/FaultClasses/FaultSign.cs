using System.Collections.Immutable;

namespace CaaS.Rca.FaultClasses;

/// <summary>What shows one sort of fault by its name: any of these, in Kubernetes' own words or in log lines.</summary>
/// <param name="Waiting">Reasons for which a container waits.</param>
/// <param name="ExitCodes">Codes with which a container ends.</param>
/// <param name="Conditions">Conditions of a node other than Ready that are true.</param>
/// <param name="Events">Warning events.</param>
/// <param name="Logs">Parts of log lines that are new or far more than usual, whatever their case.</param>
public sealed record FaultSign(
    ImmutableArray<string> Waiting,
    ImmutableArray<string> ExitCodes,
    ImmutableArray<string> Conditions,
    ImmutableArray<EventSign> Events,
    ImmutableArray<string> Logs)
{
    /// <summary>The words it is known by, in all its forms.</summary>
    internal IEnumerable<string> Words => new[] { Waiting, ExitCodes, Conditions, Logs }
        .SelectMany(words => words.IsDefault ? [] : words)
        .Concat((Events.IsDefault ? [] : Events).SelectMany(sign => (sign.Any.IsDefault ? [] : sign.Any).Prepend(sign.Reason)));
}
