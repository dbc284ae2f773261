using System.Collections.Immutable;
using System.Globalization;
using CaaS.Orchestration.Policies;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CaaS.Orchestration.Runtime;

/// <summary>Reads policy files into drafts; what the words mean is judged by <see cref="PolicyValidator"/>.</summary>
public static class PolicyYaml
{
    /// <summary>Largest file, characters: a policy is under one thousand.</summary>
    public const int LengthMax = 1_000_000;

    /// <summary>Reads policies from texts of files, all messages at once.</summary>
    /// <param name="files">Name and text of each file.</param>
    /// <returns>Good policies, and everything that is wrong with file, line and key.</returns>
    public static PolicySet Read(IReadOnlyList<(string Name, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var drafts = new List<PolicyDraft>();
        var messages = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, text) in files)
        {
            ReadFile(name, text, drafts, messages);
        }

        var set = PolicyValidator.Read(drafts);
        return set with { Messages = messages.ToImmutable().AddRange(set.Messages) };
    }

    private static void ReadFile(
        string name, string text, List<PolicyDraft> drafts, ImmutableArray<string>.Builder messages)
    {
        if (text.Length > LengthMax)
        {
            messages.Add($"{name}: is longer than {LengthMax} characters.");
            return;
        }

        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            messages.Add(At(name, e.Start, "is no YAML: " + e.Message.TrimEnd('.')));
            return;
        }

        if (yaml.Documents.Count != 1
            || yaml.Documents[0].RootNode is not YamlMappingNode root
            || !root.Children.TryGetValue(new YamlScalarNode("policies"), out var list)
            || list is not YamlSequenceNode policies)
        {
            messages.Add($"{name}:1: must be one document with a list 'policies'.");
            return;
        }

        foreach (var other in root.Children.Keys.Where(key => key.ToString() != "policies"))
        {
            messages.Add(At(name, other.Start, $"{other}: is not known here; only 'policies' is"));
        }

        foreach (var node in policies.Children)
        {
            if (node is YamlMappingNode mapping)
            {
                var fields = ImmutableArray.CreateBuilder<PolicyField>();
                Flatten(name, "", mapping, fields, messages);
                drafts.Add(new PolicyDraft(name, (int)node.Start.Line, fields.ToImmutable()));
            }
            else
            {
                messages.Add(At(name, node.Start, "a policy must be keys and values"));
            }
        }
    }

    private static void Flatten(
        string name, string prefix, YamlMappingNode mapping,
        ImmutableArray<PolicyField>.Builder fields, ImmutableArray<string>.Builder messages)
    {
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = prefix + keyNode;
            switch (value)
            {
                case YamlScalarNode scalar:
                    fields.Add(new PolicyField(key, [scalar.Value ?? ""], (int)keyNode.Start.Line));
                    break;
                case YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode):
                    fields.Add(new PolicyField(
                        key, [.. list.Children.Select(item => ((YamlScalarNode)item).Value ?? "")],
                        (int)keyNode.Start.Line));
                    break;
                case YamlMappingNode inner when prefix.Length == 0:
                    Flatten(name, key + ".", inner, fields, messages);
                    break;
                default:
                    messages.Add(At(name, keyNode.Start, $"{key}: must be a value or a list of values"));
                    break;
            }
        }
    }

    private static string At(string name, Mark mark, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}:{mark.Line}: {text}.");
}
