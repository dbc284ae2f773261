using System.Globalization;
using System.Text.Json;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Reads paths of a JSON document without ever throwing for a missing or wrongly typed part.</summary>
/// <remarks>Objects come from outside; a part of another type than expected counts as absent.</remarks>
internal static class JsonReading
{
    /// <summary>The element at a path, or an undefined element.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    /// <summary>The string at a path, or empty.</summary>
    public static string Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var found = element.At(path);
        return found.ValueKind == JsonValueKind.String ? found.GetString()! : "";
    }

    /// <summary>A string or number at a path as text, or empty.</summary>
    public static string Scalar(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var found = element.At(path);
        return found.ValueKind switch
        {
            JsonValueKind.String => found.GetString()!,
            JsonValueKind.Number => found.GetRawText(),
            _ => "",
        };
    }

    /// <summary>The whole number at a path, or a default.</summary>
    public static int Count(this JsonElement element, int otherwise, params ReadOnlySpan<string> path)
    {
        var found = element.At(path);
        return found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var value) ? value : otherwise;
    }

    /// <summary>True when the value at a path is the literal true.</summary>
    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path).ValueKind == JsonValueKind.True;

    /// <summary>The elements of the array at a path, or none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var found = element.At(path);
        return found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [];
    }

    /// <summary>The properties of the object at a path, or none.</summary>
    public static IEnumerable<JsonProperty> Properties(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var found = element.At(path);
        return found.ValueKind == JsonValueKind.Object ? found.EnumerateObject() : [];
    }

    /// <summary>The string properties of the object at a path, or none; of a name given twice the last
    /// counts.</summary>
    public static SortedDictionary<string, string> TextMap(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in element.Properties(path))
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                map[property.Name] = property.Value.GetString()!;
            }
        }

        return map;
    }

    /// <summary>The RFC 3339 instant at a path in UTC, or null.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var text = element.Text(path);
        var isInstant = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant);
        return text.Length > 0 && isInstant ? instant : null;
    }
}
