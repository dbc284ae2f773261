using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace CaaS.Benchmarks.Forecasts;

/// <summary>
/// Reads the cells of an Office Open XML spreadsheet: the parts are XML in a zip (ECMA-376 part 1, section 18).
/// </summary>
internal static class Workbook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The named sheet's rows, each a map from column letters to the cell's text.</summary>
    /// <exception cref="InvalidDataException">No such sheet.</exception>
    public static List<Dictionary<string, string>> Sheet(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        string[] strings = [.. Part(zip, "xl/sharedStrings.xml").Elements(Main + "si")
            .Select(item => string.Concat(item.Descendants(Main + "t").Select(t => t.Value)))];
        string id = Part(zip, "xl/workbook.xml").Descendants(Main + "sheet")
            .FirstOrDefault(s => (string?)s.Attribute("name") == name)?.Attribute(Relations + "id")?.Value
            ?? throw new InvalidDataException($"The workbook has no sheet {name}.");
        string target = Part(zip, "xl/_rels/workbook.xml.rels").Elements()
            .First(r => (string?)r.Attribute("Id") == id).Attribute("Target")!.Value;
        return [.. Part(zip, "xl/" + target).Descendants(Main + "row").Select(row => Cells(row, strings))];
    }

    private static Dictionary<string, string> Cells(XElement row, string[] strings)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement cell in row.Elements(Main + "c"))
        {
            string? value = cell.Element(Main + "v")?.Value;
            if (value is null)
            {
                continue;
            }
            string column = ((string?)cell.Attribute("r") ?? "").TrimEnd("0123456789".ToCharArray());
            cells[column] = (string?)cell.Attribute("t") == "s" ? strings[int.Parse(value, CultureInfo.InvariantCulture)] : value;
        }
        return cells;
    }

    private static XElement Part(ZipArchive zip, string path)
    {
        using Stream part = (zip.GetEntry(path) ?? throw new InvalidDataException($"The workbook has no part {path}.")).Open();
        return XElement.Load(part);
    }
}
