using System.Collections.Immutable;
using CaaS.Ingest.Limits;

namespace CaaS.Ingest.Otlp;

/// <summary>The shape all OpenTelemetry export requests share: resources, scopes, rows.</summary>
internal static class OtlpRequest
{
    /// <summary>Reads one row; a null row with a true answer was rejected.</summary>
    public delegate bool RowReader<TRow>(ReadOnlySpan<byte> message, OtlpResource resource, out TRow? row)
        where TRow : class;

    public static OtlpDecoded<TRow> Decode<TRow>(
        ReadOnlySpan<byte> body, OtlpSender sender, IngestLimits limits, RowReader<TRow> read)
        where TRow : class
    {
        var walk = new Walk<TRow>(sender, limits, read);
        var request = new ProtoReader(body);
        while (request.Read())
        {
            if (request.Field == 1 && !walk.TryResource(request.Bytes))
            {
                return walk.Failed();
            }
        }

        return request.IsBroken ? walk.Failed() : walk.Done();
    }

    private sealed class Walk<TRow>(OtlpSender sender, IngestLimits limits, RowReader<TRow> read)
        where TRow : class
    {
        private readonly ImmutableArray<TRow>.Builder _rows = ImmutableArray.CreateBuilder<TRow>();
        private int _rejectedCount;
        private string _why = "malformed";

        public OtlpDecoded<TRow> Failed() => new([], 0, _why);

        public OtlpDecoded<TRow> Done() => new(_rows.DrainToImmutable(), _rejectedCount, "");

        public bool TryResource(ReadOnlySpan<byte> message)
        {
            // Two passes: the wire format lets the rows come before the resource they belong to.
            ReadOnlySpan<byte> resourceBytes = default;
            var first = new ProtoReader(message);
            while (first.Read())
            {
                resourceBytes = first.Field == 1 ? first.Bytes : resourceBytes;
            }

            if (first.IsBroken || !OtlpResource.TryRead(resourceBytes, sender, limits, out var resource))
            {
                return false;
            }

            var second = new ProtoReader(message);
            while (second.Read())
            {
                if (second.Field == 2 && !TryScope(second.Bytes, resource))
                {
                    return false;
                }
            }

            return true;
        }

        private bool TryScope(ReadOnlySpan<byte> message, OtlpResource resource)
        {
            var reader = new ProtoReader(message);
            while (reader.Read())
            {
                if (reader.Field != 2)
                {
                    continue;
                }

                if (_rows.Count + _rejectedCount >= limits.MaxRowsPerRequest)
                {
                    _why = "too-many-rows";
                    return false;
                }

                if (!read(reader.Bytes, resource, out var row))
                {
                    return false;
                }

                if (row is null)
                {
                    _rejectedCount++;
                }
                else
                {
                    _rows.Add(row);
                }
            }

            return !reader.IsBroken;
        }
    }
}
