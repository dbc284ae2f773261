using System.Data.Common;
using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>Searches rows of one sort in blocks and heads.</summary>
internal sealed class RowReader(DuckDb duck)
{
    private const int RowsMax = 10_000;

    /// <summary>Rows that match, newest first.</summary>
    /// <param name="kind">Sort of row.</param>
    /// <param name="lease">Blocks.</param>
    /// <param name="head">Rows of the heads that match already.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<T>> SearchAsync<T>(
        RowKind<T> kind,
        BlockLease lease,
        List<HeadRow<T>> head,
        TextQuery query,
        CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(query.Limit, 1, RowsMax);
        var (fromMs, toMs) = (Head.Ms(query.From), Head.Ms(query.To));
        var found = head;
        var blocks = lease.Of(kind.Name, fromMs, toMs);
        if (blocks.Length > 0)
        {
            var where = "tenant = ? AND \"cluster\" = ? AND ts >= ? AND ts < ? AND severity >= ?";
            List<object> arguments =
                [query.Scope.Tenant, query.Scope.Cluster, fromMs, toMs, (int)query.MinSeverity];
            if (query.Entity is { } entity)
            {
                where += " AND (entity = ? OR owner = ?)";
                arguments.AddRange([entity.ToString(), entity.ToString()]);
            }

            if (query.Text.Length > 0)
            {
                where += " AND contains(lower(text), ?)";
                arguments.Add(query.Text.ToLowerInvariant());
            }

            found.AddRange(await duck.QueryAsync(
                $"""
                SELECT ts, "offset", "row", text, json FROM {DuckDb.Table(blocks, kind.Name)} WHERE {where}
                ORDER BY ts DESC, "offset" DESC, "row" DESC LIMIT {limit}
                """,
                arguments,
                reader => Read(reader, kind),
                cancellationToken).ConfigureAwait(false));
        }

        found.Sort((left, right) => HeadRow<T>.ByTime(right, left));
        return [.. found.Take(limit).Select(row => row.Row)];
    }

    /// <summary>Of each entity the last row of the files up to an instant.</summary>
    /// <param name="kind">Objects, or objects as a block began with them.</param>
    /// <param name="blocks">Blocks that have the file.</param>
    /// <param name="scope">Only this scope.</param>
    /// <param name="atMs">Latest time.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<List<HeadRow<KubeObject>>> LastAsync(
        RowKind<KubeObject> kind, IEnumerable<Block> blocks, Scope scope, long atMs, CancellationToken cancellationToken)
    {
        var having = blocks.Where(block => block.Manifest.Rows.ContainsKey(kind.Name)).ToArray();
        return having.Length == 0
            ? []
            : await duck.QueryAsync(
                Last(having, kind, "AND tenant = ? AND \"cluster\" = ?"),
                [atMs, scope.Tenant, scope.Cluster],
                reader => Read(reader, kind),
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Of each entity the last row of one block; for the start, blocking.</summary>
    public List<HeadRow<KubeObject>> Last(RowKind<KubeObject> kind, Block block) =>
        block.Manifest.Rows.ContainsKey(kind.Name)
            ? duck.Query(Last([block], kind, ""), [long.MaxValue], reader => Read(reader, kind), CancellationToken.None)
            : [];

    private static string Last(IEnumerable<Block> blocks, RowKind<KubeObject> kind, string and) =>
        $"""
        SELECT ts, "offset", "row", text, json FROM {DuckDb.Table(blocks, kind.Name)} WHERE ts <= ? {and}
        QUALIFY row_number() OVER (
            PARTITION BY tenant, "cluster", entity ORDER BY ts DESC, "offset" DESC, "row" DESC) = 1
        """;

    private static List<HeadRow<T>> Read<T>(DbDataReader reader, RowKind<T> kind)
    {
        var rows = new List<HeadRow<T>>();
        while (reader.Read())
        {
            rows.Add(new HeadRow<T>(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetInt32(2),
                kind.Read(reader.GetString(3), reader.GetString(4))));
        }

        return rows;
    }
}
