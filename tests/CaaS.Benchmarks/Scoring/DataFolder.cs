using System.Formats.Tar;
using System.IO.Compression;

namespace CaaS.Benchmarks.Scoring;

/// <summary>A folder with <c>data.tar.gz</c> and, for some boards, <c>cases.csv</c>; everything is read into
/// memory.</summary>
internal sealed class DataFolder
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private DataFolder(string path) => Path = path;

    /// <summary>Where the folder is.</summary>
    public string Path { get; }

    /// <summary>The archive's files by path, in ordinal order.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>A folder that the board reads by itself, as its publisher lays it out.</summary>
    public static DataFolder Bare(string path) => new(path);

    /// <summary>Reads the folder.</summary>
    /// <exception cref="FileNotFoundException">The folder has no data.tar.gz.</exception>
    public static DataFolder Open(string path)
    {
        string archive = System.IO.Path.Combine(path, "data.tar.gz");
        if (!File.Exists(archive))
        {
            throw new FileNotFoundException($"{path} holds no data.tar.gz: name the folder of one data set.", archive);
        }
        var folder = new DataFolder(path);
        using var reader = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } stream)
            {
                continue;
            }
            using var bytes = new MemoryStream(capacity: (int)entry.Length);
            stream.CopyTo(bytes);
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            folder._files[name] = bytes.ToArray();
        }
        return folder;
    }

    /// <summary>A file beside the archive, such as <c>cases.csv</c>.</summary>
    public string Beside(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));
}
