using CaaS.Log;
using Xunit;

namespace CaaS.Ingest.Tests.Log;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_in_use_is_refused_by_name_and_process_and_free_again_after()
    {
        var path = Path.Combine(_folder.Path, "data");
        using (DataFolder.Open(path))
        {
            var told = Assert.Throws<DataFolderException>(() => DataFolder.Open(path));

            Assert.Equal(
                $"The data folder {path} is in use by process {Environment.ProcessId}. Stop it, or choose another folder.",
                told.Message);
        }

        DataFolder.Open(path).Dispose();
    }

    [Fact]
    public void A_new_folder_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        var path = Path.Combine(_folder.Path, "data");

        using var data = DataFolder.Open(path);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(Owner, File.GetUnixFileMode(path));
        Assert.Equal(Owner, File.GetUnixFileMode(data.Sub("inside")));
    }

    [Theory]
    [InlineData("2\n", "has format version 2; this program knows up to 1")]
    [InlineData("what\n", "should hold a version number and holds 'what'")]
    [InlineData("", "should hold a version number")]
    public void A_version_that_is_not_known_is_refused(string version, string why)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "VERSION"), version);

        var told = Assert.Throws<DataFolderException>(() => DataFolder.Open(_folder.Path));

        Assert.Contains(why, told.Message, StringComparison.Ordinal);
    }
}
