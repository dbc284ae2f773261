using System.Globalization;
using CaaS.Ingest.Limits;
using CaaS.Signals;

namespace CaaS.Ingest.Otlp;

/// <summary>Reads OpenTelemetry's <c>KeyValue</c> and <c>AnyValue</c>.</summary>
internal static class OtlpAttributes
{
    /// <summary>Reads one attribute; arrays, maps and bytes have no text form here and read as empty.</summary>
    /// <returns>False when the message is broken or has no key.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, IngestLimits limits, out Label attribute)
    {
        var key = "";
        var value = "";
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                key = reader.Text(limits.MaxLabelBytes);
            }
            else if (reader.Field == 2 && !TryValue(reader.Bytes, limits.MaxLabelBytes, out value))
            {
                attribute = default;
                return false;
            }
        }

        attribute = new Label(key, value);
        return !reader.IsBroken && key.Length > 0;
    }

    /// <summary>Reads a value as text.</summary>
    /// <returns>False when the message is broken.</returns>
    public static bool TryValue(ReadOnlySpan<byte> message, int maxBytes, out string value)
    {
        value = "";
        var reader = new ProtoReader(message);
        while (reader.Read())
        {
            value = reader.Field switch
            {
                1 => reader.Text(maxBytes),
                2 => reader.Number == 0 ? "false" : "true",
                3 => ((long)reader.Number).ToString(CultureInfo.InvariantCulture),
                4 => reader.Double.ToString("R", CultureInfo.InvariantCulture),
                _ => "",
            };
        }

        return !reader.IsBroken;
    }
}
