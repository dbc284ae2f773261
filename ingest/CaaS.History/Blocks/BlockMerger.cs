namespace CaaS.History.Blocks;

/// <summary>Merges blocks of one tier into one of the next, so that a long query opens dozens of files and not
/// thousands.</summary>
internal sealed class BlockMerger(BlockStore store, DuckDb duck, HistoryOptions options)
{
    private const int TierMax = 2; // 5 min → 1 h → 12 h; more would make retention coarse.
    private static readonly string[] RowFiles =
        [RowKinds.Logs.Name, RowKinds.Events.Name, RowKinds.Changes.Name, RowKinds.Objects.Name];

    /// <summary>Merges what is due.</summary>
    public void Merge()
    {
        for (var tier = 0; tier < TierMax; tier++)
        {
            var due = store.Blocks.Reverse().SkipWhile(block => block.Manifest.Tier < tier)
                .TakeWhile(block => block.Manifest.Tier == tier).Take(options.MergeCount).Reverse().ToArray();
            var points = due.Sum(block => block.Manifest.Rows.GetValueOrDefault(Block.Points));
            if (due.Length == options.MergeCount && points <= options.MergeMaxPoints)
            {
                Merge(due);
            }
        }
    }

    private void Merge(Block[] blocks)
    {
        var (first, last) = (blocks[0].Manifest, blocks[^1].Manifest);
        store.Commit(first.FromOffset, last.ToOffset, folder =>
        {
            var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
            Copy(folder, blocks, Block.Series, rows, table =>
                $"""
                SELECT series, min(tenant) AS tenant, min("cluster") AS "cluster", min(entity) AS entity,
                    min(metric) AS metric, min(labels) AS labels, arg_max(kind, filename) AS kind,
                    min(min_ts) AS min_ts, max(max_ts) AS max_ts
                FROM {table} GROUP BY series ORDER BY series
                """);
            Copy(folder, blocks, Block.Points, rows, table =>
                $"SELECT series, ts, arg_max(value, filename) AS value FROM {table} GROUP BY series, ts ORDER BY series, ts");
            foreach (var name in RowFiles)
            {
                Copy(folder, blocks, name, rows, table =>
                    $"SELECT * EXCLUDE (filename) FROM {table} ORDER BY ts, \"offset\", \"row\"");
            }

            Copy(folder, blocks[..1], RowKinds.Live.Name, rows, table => $"SELECT * EXCLUDE (filename) FROM {table}");
            return first with
            {
                ToOffset = last.ToOffset,
                MinMs = blocks.Min(block => block.Manifest.MinMs),
                MaxMs = blocks.Max(block => block.Manifest.MaxMs),
                Tier = first.Tier + 1,
                Rows = rows,
            };
        });
    }

    private void Copy(
        string folder, Block[] blocks, string name, SortedDictionary<string, long> rows, Func<string, string> select)
    {
        var having = blocks.Where(block => block.Manifest.Rows.ContainsKey(name)).ToArray();
        if (having.Length == 0)
        {
            return;
        }

        var file = DuckDb.Literal(Block.FileIn(folder, name));
        rows[name] = duck.Execute(
            $"COPY ({select(DuckDb.Table(having, name))}) TO {file} "
            + "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE 131072)");
    }
}
