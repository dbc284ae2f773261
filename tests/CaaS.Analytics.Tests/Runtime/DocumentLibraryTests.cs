using CaaS.Analytics.Runtime;
using CaaS.Analytics.Runtime.Documents;
using CaaS.Analytics.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CaaS.Analytics.Tests.Runtime;

public sealed class DocumentLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("caas-documents-").FullName;
    private ServiceProvider? _services;

    public void Dispose()
    {
        _services?.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void What_is_written_changed_moved_and_deleted_is_followed()
    {
        Write("a.md", "# Disk full\nMake room.");
        Write("team/b.html", "<h1>Node lost</h1>Cordon it.");
        Write("picture.png", "disk");
        var library = Library();

        library.Look();
        Assert.Equal((2, 0), (library.Standing.Documents, library.Standing.LeftOut));
        Assert.Equal("a.md", Found(library, "disk full"));
        Assert.Equal("team/b.html", Found(library, "node lost"));

        Write("a.md", "# Memory leak\nRestart it.");
        File.Move(Path.Combine(_folder, "team/b.html"), Path.Combine(_folder, "c.html"));
        library.Look();

        Assert.Null(Found(library, "disk full"));
        Assert.Equal("a.md", Found(library, "memory leak"));
        Assert.Equal("c.html", Found(library, "node lost"));

        File.Delete(Path.Combine(_folder, "a.md"));
        library.Look();
        Assert.Null(Found(library, "memory leak"));
    }

    [Fact]
    public void A_mounted_config_map_that_is_swapped_is_followed()
    {
        Write("..1/a.md", "# Disk full\nMake room.");
        Write("..2/a.md", "# Memory leak\nRestart it.");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(_folder, "a.md"), "..data/a.md");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "..1/a.md"), DateTime.UnixEpoch);
        var library = Library();
        library.Look();
        Assert.Equal((1, "a.md"), (library.Standing.Documents, Found(library, "disk full")));

        Directory.Delete(Path.Combine(_folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..2");
        library.Look();

        Assert.Equal("a.md", Found(library, "memory leak"));
    }

    [Fact]
    public void Too_many_too_large_and_unreadable_files_are_left_out_and_taken_when_there_is_room()
    {
        Write("a.md", "# Disk full\nMake room.");
        Write("b.md", new string('x', 300));
        Write("c.md", "# Memory leak\nRestart it.");
        File.CreateSymbolicLink(Path.Combine(_folder, "gone.md"), "nowhere.md");
        var library = Library(("MaxDocuments", "1"), ("MaxDocumentBytes", "256"));

        library.Look();
        Assert.Equal((1, 3), (library.Standing.Documents, library.Standing.LeftOut));
        Assert.Equal("a.md", Found(library, "disk full"));

        File.Delete(Path.Combine(_folder, "a.md"));
        library.Look();
        Assert.Equal("c.md", Found(library, "memory leak"));
    }

    [Fact]
    public void A_folder_that_goes_away_leaves_what_was_known()
    {
        Write("a.md", "# Disk full\nMake room.");
        var library = Library();
        library.Look();

        Directory.Delete(_folder, recursive: true);
        library.Look();

        Assert.StartsWith("Analytics:Documents:Folder: ", library.Standing.Error, StringComparison.Ordinal);
        Assert.Equal("a.md", Found(library, "disk full"));
    }

    [Fact]
    public void A_folder_that_is_not_there_stops_the_start_and_names_its_key()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Library(("Folder", "/nowhere/at/all")));

        Assert.Contains("Analytics:Documents:Folder: '/nowhere/at/all' is not a folder", error.Message, StringComparison.Ordinal);
    }

    private static string? Found(DocumentLibrary library, string words) =>
        library.Search(TextQuestion.Search(words), 1) is [var match] ? match.Document.Id : null;

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private DocumentLibrary Library(params (string Key, string Value)[] settings)
    {
        var values = settings.Select(one => KeyValuePair.Create($"Analytics:Documents:{one.Key}", (string?)one.Value))
            .Append(new("Analytics:Documents:Folder", _folder)).DistinctBy(one => one.Key);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        _services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System)
            .AddAnalytics(configuration).BuildServiceProvider();
        return _services.GetRequiredService<DocumentLibrary>();
    }
}
