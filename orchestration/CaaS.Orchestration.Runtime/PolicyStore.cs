using System.Collections.Immutable;
using CaaS.Orchestration.Ports;
using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime;

/// <summary>The policies of the files, with the modes people set.</summary>
/// <remarks>Thread-safe: readers see an immutable snapshot that is swapped whole.</remarks>
public sealed class PolicyStore : IPolicyStore
{
    private readonly ImmutableArray<Policy> _fromFiles;
    private volatile IReadOnlyList<Policy> _policies;

    /// <summary>Reads the files.</summary>
    /// <param name="options">Which files.</param>
    /// <exception cref="OptionsValidationException">Something is wrong with them; holds every message.</exception>
    public PolicyStore(IOptions<OrchestrationShellOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var paths = options.Value.PolicyFiles.Count > 0
            ? options.Value.PolicyFiles
            : [Path.Combine(AppContext.BaseDirectory, "Policies", "default.yaml")];
        var files = new List<(string, string)>();
        var messages = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                files.Add((Path.GetFileName(path), File.ReadAllText(path)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                messages.Add($"Orchestration:PolicyFiles: {path} cannot be read: {e.Message}");
            }
        }

        var set = PolicyYaml.Read(files);
        messages.AddRange(set.Messages);
        if (messages.Count > 0)
        {
            throw new OptionsValidationException("Orchestration:PolicyFiles", typeof(OrchestrationShellOptions), messages);
        }

        _fromFiles = set.Policies;
        _policies = _fromFiles;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Policy> All() => _policies;

    /// <summary>Puts the modes people set over those of the files.</summary>
    /// <param name="modes">Modes by policy name; names that are gone are ignored.</param>
    /// <returns>The policies in force.</returns>
    public ImmutableArray<Policy> SetModes(IReadOnlyDictionary<string, PolicyMode> modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ImmutableArray<Policy> policies =
            [.. _fromFiles.Select(p => modes.TryGetValue(p.Name, out var mode) ? p with { Mode = mode } : p)];
        _policies = policies;
        return policies;
    }

    /// <summary>Notes one mode a person set.</summary>
    /// <param name="name">Policy.</param>
    /// <param name="mode">Its mode from now on.</param>
    public void SetMode(string name, PolicyMode mode) =>
        _policies = [.. _policies.Select(p => p.Name == name ? p with { Mode = mode } : p)];
}
