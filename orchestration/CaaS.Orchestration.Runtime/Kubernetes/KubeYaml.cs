using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CaaS.Orchestration.Runtime.Kubernetes;

/// <summary>Writes a JSON object as YAML for people: keys sorted, two spaces, one value a line.</summary>
internal static partial class KubeYaml
{
    /// <summary>Writes an object.</summary>
    /// <param name="node">Object.</param>
    /// <returns>Lines without line ends.</returns>
    public static List<string> Write(JsonObject node)
    {
        var lines = new List<string>();
        WriteMap(node, "", "", lines);
        return lines;
    }

    private static void WriteMap(JsonObject map, string first, string indent, List<string> lines)
    {
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            WriteValue(first + Scalar(key) + ":", value, indent, lines);
            first = indent;
        }
    }

    private static void WriteValue(string head, JsonNode? value, string indent, List<string> lines)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                lines.Add(head);
                WriteMap(map, indent + "  ", indent + "  ", lines);
                break;
            case JsonArray { Count: > 0 } list:
                lines.Add(head);
                WriteList(list, indent, lines);
                break;
            default:
                lines.Add(head + " " + Plain(value));
                break;
        }
    }

    private static void WriteList(JsonArray list, string indent, List<string> lines)
    {
        foreach (var item in list)
        {
            switch (item)
            {
                case JsonObject { Count: > 0 } map:
                    WriteMap(map, indent + "- ", indent + "  ", lines);
                    break;
                case JsonArray { Count: > 0 } inner:
                    lines.Add(indent + "-");
                    WriteList(inner, indent + "  ", lines);
                    break;
                default:
                    lines.Add(indent + "- " + Plain(item));
                    break;
            }
        }
    }

    private static string Plain(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Scalar(text.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static string Scalar(string text) =>
        Bare().IsMatch(text) && text is not ("true" or "false" or "null" or "yes" or "no")
            ? text
            : JsonSerializer.Serialize(text, CaaS.Signals.SignalsJson.Options);

    [GeneratedRegex("^[A-Za-z_/][A-Za-z0-9_./@=-]*(:[A-Za-z0-9_./@-]+)*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bare();
}
