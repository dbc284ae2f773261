namespace CaaS.History.Blocks;

/// <summary>Blocks a query may read until it disposes this.</summary>
internal sealed class BlockLease(BlockStore store, Block[] blocks) : IDisposable
{
    public Block[] Blocks { get; } = blocks;

    /// <summary>Blocks that have a file and may hold rows of a time range.</summary>
    public Block[] Of(string name, long fromMs, long toMs) =>
        [.. Blocks.Where(block => block.Manifest.Rows.ContainsKey(name) && block.Overlaps(fromMs, toMs))];

    public void Dispose() => store.Release();
}
