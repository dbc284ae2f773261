using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaaS.Ingest.Kubernetes;

/// <summary>Hashes parts of objects so that a change shows and the content does not.</summary>
/// <remarks>
/// The order of properties does not matter, the order of arrays does. Confidential content (secrets, and environment
/// values whose name sounds secret) is hashed with HMAC-SHA256 under the platform's own key: a short password could be
/// guessed from a plain hash. Thread-safe.
/// </remarks>
public sealed class ContentHasher
{
    private readonly byte[] _key;

    /// <summary>Makes a hasher.</summary>
    /// <param name="key">Key for confidential content, at least 16 bytes; unpredictable outside tests.</param>
    public ContentHasher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16, nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Hash of public content.</summary>
    /// <param name="element">Any JSON; undefined counts as empty.</param>
    /// <param name="skip">Properties to leave out, by their path such as <c>metadata.labels.app</c>; null for
    /// none.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Public(JsonElement element, Func<string, bool>? skip = null) =>
        Convert.ToHexStringLower(XxHash3.Hash(Canonical([element], skip)));

    /// <summary>Hash of confidential content.</summary>
    /// <param name="elements">Parts; undefined ones count as empty.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public string Confidential(params ReadOnlySpan<JsonElement> elements) => Keyed(Canonical(elements, null));

    /// <summary>Hash of a confidential text.</summary>
    /// <param name="text">Text.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public string Confidential(string text) => Keyed(Encoding.UTF8.GetBytes(text));

    private string Keyed(byte[] bytes) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, bytes).AsSpan(0, 8));

    private static byte[] Canonical(ReadOnlySpan<JsonElement> elements, Func<string, bool>? skip)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var element in elements)
            {
                Write(writer, element, "", skip);
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string path, Func<string, bool>? skip)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(part => part.Name, StringComparer.Ordinal))
                {
                    var below = path.Length == 0 ? property.Name : path + "." + property.Name;
                    if (property.Value.ValueKind != JsonValueKind.Null && (skip is null || !skip(below)))
                    {
                        writer.WritePropertyName(property.Name);
                        Write(writer, property.Value, below, skip);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, path, skip);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
