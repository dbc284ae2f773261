using System.Collections.Immutable;
using System.Globalization;

namespace CaaS.Orchestration;

/// <summary>The words by which files and commands name operations, modes and arguments.</summary>
public static class PolicyWords
{
    /// <summary>Names of arguments an operation may take.</summary>
    public static readonly ImmutableArray<string> ParameterNames = ["replicas", "toRevision"];

    private static readonly (string Word, OperationKind Kind)[] KindWords =
    [
        ("restart", OperationKind.Restart), ("rollback", OperationKind.Rollback), ("scale", OperationKind.Scale),
        ("cordon", OperationKind.Cordon), ("uncordon", OperationKind.Uncordon), ("delete-pod", OperationKind.DeletePod),
    ];

    private static readonly (string Word, PolicyMode Mode)[] ModeWords =
    [
        ("observe", PolicyMode.Observe), ("suggest", PolicyMode.Suggest),
        ("approve", PolicyMode.Approve), ("auto", PolicyMode.Auto),
    ];

    /// <summary>All words for operations, for messages.</summary>
    public static string Kinds => string.Join(", ", KindWords.Select(word => word.Word));

    /// <summary>All words for modes, for messages.</summary>
    public static string Modes => string.Join(", ", ModeWords.Select(word => word.Word));

    /// <summary>Reads the word for an operation; <c>deletePod</c> is taken as well as <c>delete-pod</c>.</summary>
    /// <param name="text">Word, any case.</param>
    /// <param name="kind">The operation.</param>
    /// <returns>False for another word.</returns>
    public static bool TryKind(string text, out OperationKind kind)
    {
        var plain = Plain(text);
        var index = Array.FindIndex(KindWords, word => Plain(word.Word) == plain);
        kind = index < 0 ? default : KindWords[index].Kind;
        return index >= 0;
    }

    /// <summary>Reads the word for a mode.</summary>
    /// <param name="text">Word, any case.</param>
    /// <param name="mode">The mode.</param>
    /// <returns>False for another word.</returns>
    public static bool TryMode(string text, out PolicyMode mode)
    {
        var plain = Plain(text);
        var index = Array.FindIndex(ModeWords, word => word.Word == plain);
        mode = index < 0 ? default : ModeWords[index].Mode;
        return index >= 0;
    }

    /// <summary>The word for an operation.</summary>
    /// <param name="kind">Operation.</param>
    /// <returns>A lower-case word.</returns>
    public static string Of(OperationKind kind) => KindWords.First(word => word.Kind == kind).Word;

    /// <summary>Says what is wrong with an operation's arguments.</summary>
    /// <param name="kind">Operation.</param>
    /// <param name="parameters">Its arguments.</param>
    /// <returns>One sentence, or empty when they are good.</returns>
    public static string WhyBadParameters(OperationKind kind, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var owner = name switch
            {
                "replicas" => OperationKind.Scale,
                "toRevision" => OperationKind.Rollback,
                _ => (OperationKind?)null,
            };
            if (owner != kind)
            {
                return $"Operation {Of(kind)} takes no argument '{name}'.";
            }

            var least = kind == OperationKind.Rollback ? 1 : 0;
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least)
            {
                return $"Argument '{name}' must be a whole number from {least}, not '{value}'.";
            }
        }

        return kind == OperationKind.Scale && !parameters.ContainsKey("replicas")
            ? "Operation scale needs the argument 'replicas'."
            : "";
    }

    private static string Plain(string text) =>
        text.Trim().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
