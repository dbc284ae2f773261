using System.Runtime.CompilerServices;
using System.Text;

namespace CaaS.Testing;

/// <summary>Compares a text with the one that was looked at and agreed on.</summary>
/// <remarks>Set <c>CAAS_BLESS=1</c> to write what the code says now; then read the diff before committing it.</remarks>
public static class Golden
{
    /// <summary>Throws when the text differs from <c>tests/goldens/NAME</c>.</summary>
    /// <param name="name">File name, with its extension.</param>
    /// <param name="text">What the code says.</param>
    /// <param name="here">Filled in by the compiler: finds the folder of goldens.</param>
    /// <exception cref="GoldenException">The texts differ, or there is no golden yet.</exception>
    public static void Check(string name, string text, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Folder(here), name);
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("CAAS_BLESS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual, new UTF8Encoding(false));
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected == actual)
        {
            return;
        }

        var (want, got) = (expected.Split('\n'), actual.Split('\n'));
        var line = want.Zip(got).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new GoldenException(
            $"{name} differs from line {line + 1}.\nwant: {want.ElementAtOrDefault(line)}\n got: {got.ElementAtOrDefault(line)}\n"
            + "If the new text is right: CAAS_BLESS=1, and read the diff.");
    }

    private static string Folder(string here)
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (directory.Name != "tests")
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No folder tests above {here}.");
        }

        return Path.Combine(directory.FullName, "goldens");
    }
}
